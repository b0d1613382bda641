import type { Partner } from '../partners.ts'
import { marks } from '../marks.ts'

export const Mark = ({ partner: { client, name } }: { partner: Partner }) => {
  const { colour, path, line } = marks[client] ?? { colour: 'var(--soft)' }
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true" style={{ background: colour }}>
      {path === undefined ? (
        <text x="12" y="19" fontSize="20" textAnchor="middle" fill="currentColor">
          {name.charAt(0)}
        </text>
      ) : line === undefined ? (
        <path d={path} fill="currentColor" fillRule="evenodd" />
      ) : (
        <path d={path} fill="none" stroke="currentColor" strokeWidth={line} strokeLinecap="round" />
      )}
    </svg>
  )
}
