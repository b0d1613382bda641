import type { DanceError } from '@spa-dance/browser-sdk'
import { explain } from '../explain.ts'

interface ProblemProps {
  error: DanceError
  name: string
  onRetry: () => void
}

export const Problem = ({ error, name, onRetry }: ProblemProps) => (
  <div className="problem" role="alert">
    <p>{explain(error, name)}</p>
    <button type="button" onClick={onRetry}>
      Try again
    </button>
  </div>
)
