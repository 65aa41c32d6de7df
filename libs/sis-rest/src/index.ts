export { restSisPlugin } from './rest-sis-plugin.js'
export { restSettings, type RestSettings } from './rest-settings.js'
export { signRequest, signatureScheme, type RequestToSign } from './sign-request.js'
