/**
 * The member of a platform's environment that holds the request target as it was sent. No variable
 * or binding can have this name.
 */
export const rawTarget: unique symbol = Symbol('raw target')
