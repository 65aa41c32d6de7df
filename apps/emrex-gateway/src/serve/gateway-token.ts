/** Under this token the parts of the HTTP side find the gateway. */
export const gatewayToken = Symbol('gateway')
