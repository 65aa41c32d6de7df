export * from './profile.js'
export * from './saml-refusal.js'
