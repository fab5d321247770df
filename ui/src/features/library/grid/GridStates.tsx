/** What a list of tiles shows instead of tiles: that it is being read, that it cannot be read. */
import type { ReactNode } from 'react';
import { FailureView, Loading, Skeleton } from '../../../components/States';
import type { Paged } from '../../../app/paged';
import css from './GridStates.module.css';

const PLACES = 18;

/**
 * @param empty what to say when there is nothing
 */
export function GridStates<T>(props: {
  paged: Paged<T>;
  ratio: number;
  narrowest: number;
  empty: ReactNode;
  children: ReactNode;
}) {
  const { paged } = props;
  if (paged.total === null) {
    if (paged.failure) return <FailureView failure={paged.failure} onRetry={paged.retry} />;
    return (
      <Loading>
        <div
          className={css.places}
          style={{ gridTemplateColumns: `repeat(auto-fill, minmax(${props.narrowest}px, 1fr))` }}
        >
          {Array.from({ length: PLACES }, (_, place) => (
            <div key={place} className={css.place}>
              <div style={{ aspectRatio: 1 / props.ratio }}>
                <Skeleton height="100%" radius={10} />
              </div>
              <Skeleton width="60%" height={12} />
            </div>
          ))}
        </div>
      </Loading>
    );
  }
  if (paged.total === 0) return props.empty;
  return (
    <div className={css.full}>
      {paged.failure && (
        <div className={css.partial}>
          <FailureView failure={paged.failure} compact onRetry={paged.retry} />
        </div>
      )}
      <div className={css.list}>{props.children}</div>
    </div>
  );
}
