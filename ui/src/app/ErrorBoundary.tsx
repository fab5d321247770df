import { Component, type ReactNode } from 'react';
import { type Failure, asFailure } from '../backend/backend';
import { ErrorScreen } from './ErrorScreen';

interface State {
  failure: Failure | null;
}

/** What breaks outside of a page (the frame, the providers) is said in the whole window, never a blank. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { failure: asFailure(thrown) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    return <ErrorScreen failure={failure} onRetry={() => this.setState({ failure: null })} />;
  }
}
