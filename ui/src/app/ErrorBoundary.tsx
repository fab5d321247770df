import { Component, type ReactNode } from 'react';
import { type Backend, type Failure, asFailure } from '../backend/backend';
import { ErrorScreen } from './ErrorScreen';

interface Props {
  backend: Backend;
  children: ReactNode;
}

interface State {
  failure: Failure | null;
}

/** What breaks outside of a page (the frame, the providers) is said in the whole window, never a blank. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { failure: asFailure(thrown) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    return (
      <ErrorScreen
        backend={this.props.backend}
        failure={failure}
        onRetry={() => this.setState({ failure: null })}
      />
    );
  }
}
