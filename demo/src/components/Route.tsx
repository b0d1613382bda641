import type { Partner } from '../partners.ts'

/** Who talks to whom, and why. */
export const Route = ({ partner: { name, route, why } }: { partner: Partner }) => (
  <div className="route">
    <ol className="stations" aria-label="Who takes part">
      <li>Page</li>
      {route !== 'direct' && <li>Exchange</li>}
      <li>{name}</li>
    </ol>
    <p className="why">{why}</p>
  </div>
)
