/** Under this token the parts of the HTTP side find the gateway. */
export const gatewayToken = Symbol('gateway')
/** And under this one how it is. */
export const healthToken = Symbol('health')
