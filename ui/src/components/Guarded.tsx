import { Component, type ReactNode } from 'react';
import { type Failure, asFailure } from '../backend/backend';
import { FailureView } from './States';

interface Props {
  children: ReactNode;
}

interface State {
  failure: Failure | null;
}

/**
 * A part of a page that shows what was written by another version of the program: when it cannot be read, the part says
 * so and the rest of the page goes on.
 */
export class Guarded extends Component<Props, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { failure: asFailure(thrown) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    return <FailureView failure={failure} compact onRetry={() => this.setState({ failure: null })} />;
  }
}
