/**
 * A store throws this where it can't be reached or does not answer. The exchange then goes on with
 * what one instance can promise by itself, and refuses the rest for as long; any other error of a
 * store refuses the request.
 */
export class StoreDownError extends Error {
  override readonly name = 'StoreDownError'

  constructor() {
    super('[dance-exchange] The store can not be reached.')
  }
}
