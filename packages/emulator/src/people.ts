/** Someone to sign in as. Every provider knows the same three. */
export interface Person {
  /** The value of the consent page's radio button. */
  readonly key: string
  readonly handle: string
  /** Null where the person never gave one: some providers then answer null too. */
  readonly name: string | null
  readonly email: string | null
  readonly picture: boolean
  /** What numeric ids are made from. */
  readonly number: number
  /** Of the picture, in degrees. */
  readonly hue: number
}

const ada: Person = {
  key: 'ada',
  handle: 'ada-lovelace',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  picture: true,
  number: 1815,
  hue: 268,
}

const grace: Person = {
  key: 'grace',
  handle: 'grace-hopper',
  name: 'Grace Hopper',
  email: 'grace@example.com',
  picture: true,
  number: 1906,
  hue: 172,
}

const lin: Person = {
  key: 'lin',
  handle: 'lin',
  name: null,
  email: null,
  picture: false,
  number: 2042,
  hue: 28,
}

/** Ada and Grace have all that a profile can have; Lin has neither name, e-mail nor picture. */
export const people: readonly [Person, ...Person[]] = [ada, grace, lin]

/** @returns undefined for someone unknown */
export function findPerson(key: string | undefined | null): Person | undefined {
  return people.find((person) => person.key === key)
}

/** A picture with the person's initial, as SVG text; grey for someone without a picture. */
export function portrait({ hue, handle, picture }: Person): string {
  const colour = (shift: number, lightness: number): string =>
    `hsl(${(hue + shift) % 360} ${picture ? 60 : 0}% ${lightness}%)`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">
<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1">
<stop stop-color="${colour(0, 58)}"/><stop offset="1" stop-color="${colour(40, 38)}"/>
</linearGradient></defs>
<rect width="96" height="96" fill="url(#g)"/>
<text x="48" y="50" fill="#fff" font-family="system-ui, sans-serif" font-size="46" font-weight="600" text-anchor="middle" dominant-baseline="central">${handle.charAt(0).toUpperCase()}</text>
</svg>`
}
