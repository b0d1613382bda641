/** A piece of code in a page of the documentation. */
export interface Block {
  /** The page's path, from the workspace's root. */
  readonly page: string
  /** As its first line says, `// dance.ts`, so that others of the page can import it; else a number. */
  readonly file: string
  /** As many lines as the page has up to the block's end, empty but for the block's own. */
  readonly code: string
}

const checked = ['ts', 'tsx', 'js', 'mjs']
const fence = /^```(\w+)\n([\s\S]*?)^```$/gm
const named = /^\/\/ ([\w.-]+\.(?:tsx?|m?js))\n/
const importStatement = /^import (?:type )?(?:\w+|\{[^}]*\}|\* as \w+) from '[^']+'$/gm

/**
 * The code of a page, each block as a module of its own. A block may use what the blocks before it
 * have imported; these imports stand behind it, so that its lines keep the numbers of the page.
 */
export function blocksOf(page: string, markdown: string): Block[] {
  const imports = new Map<string, string>()
  const blocks: Block[] = []
  for (const { 1: language = '', 2: text = '', index } of markdown.matchAll(fence)) {
    if (!checked.includes(language)) continue
    const own = new Map(importsOf(text))
    const inherited = [...imports]
      .filter(([name]) => !own.has(name) && !declares(text, name))
      .map(([, statement]) => statement)
    const above = '\n'.repeat(markdown.slice(0, index).split('\n').length)
    const code = [above + text, ...inherited, 'export {}', ''].join('\n')
    const name = named.exec(text)?.[1]
    const isFree = name !== undefined && blocks.every(({ file }) => file !== name)
    blocks.push({ page, file: isFree ? name : `${blocks.length}.${language}`, code })
    for (const [imported, statement] of own) imports.set(imported, statement)
  }
  return blocks
}

/** Each name that a text imports, with a statement that imports that name alone. */
function importsOf(text: string): [name: string, statement: string][] {
  return [...text.matchAll(importStatement)].flatMap(([statement]): [string, string][] => {
    const [, names, from = ''] = /^import (?:type )?(.*) from ('.*')$/s.exec(statement) ?? []
    if (names?.startsWith('{') !== true) return [[names?.split(' ').at(-1) ?? '', statement]]
    return names
      .slice(1, -1)
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => [name.split(' ').at(-1) ?? '', `import { ${name} } from ${from}`])
  })
}

const declares = (text: string, name: string): boolean =>
  new RegExp(`\\b(?:const|let|function|class|interface|type) ${name}\\b`).test(text)
