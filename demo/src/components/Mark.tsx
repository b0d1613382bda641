import type { ClientName } from '@spa-dance/react'
import { marks } from '../marks.ts'

export const Mark = ({ client }: { client: ClientName }) => {
  const { colour, path, line } = marks[client]
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true" style={{ background: colour }}>
      {line === undefined ? (
        <path d={path} fill="currentColor" fillRule="evenodd" />
      ) : (
        <path d={path} fill="none" stroke="currentColor" strokeWidth={line} strokeLinecap="round" />
      )}
    </svg>
  )
}
