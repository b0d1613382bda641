import { expect, test } from 'vitest'
import { blocksOf } from './blocks.ts'

const page = `# Title

\`\`\`ts
// one.ts
import { a, type B } from 'one'
import * as c from 'two'
a()
\`\`\`

\`\`\`sh
npm install
\`\`\`

\`\`\`ts
// one.ts
const a: B = c.d
\`\`\`
`

test('a block keeps its lines, and inherits the imports of those before it', () => {
  const [first, second, ...others] = blocksOf('docs/x.md', page)
  expect(others).toEqual([])
  const lines = page.split('\n')
  expect(first?.code.split('\n').slice(3, 7)).toEqual(lines.slice(3, 7))
  expect(second?.code.split('\n')[15]).toBe('const a: B = c.d')
  // Its own `a` is another.
  expect(second?.code).not.toContain('import { a }')
  expect(second?.code).toContain("import { type B } from 'one'\nimport * as c from 'two'\n")
})

test('a block is the file that its first line names, if no other is', () => {
  expect(blocksOf('docs/x.md', page).map(({ file }) => file)).toEqual(['one.ts', '1.ts'])
})
