/** What was spent in a month: sums, then call by call. A sum of a service or a project chooses its calls. */
import { Link } from '@tanstack/react-router';
import { Coins, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/queries';
import type { SumBy } from '../../backend/bindings/calls';
import { Button } from '../../components/Button';
import { Segmented } from '../../components/Segmented';
import { Empty, FailureView, Loading, Skeleton } from '../../components/States';
import { providerTitle } from '../../lib/voices';
import { Calls } from './Calls';
import css from './Costs.module.css';
import { Sums } from './Sums';

/** Which calls are looked at. */
export interface Chosen {
  by: 'provider' | 'project';
  key: string;
  name: string;
}

export function Spent({ month, current }: { month: string; current: boolean }) {
  const { t } = useTranslation('costs');
  const [by, setBy] = useState<SumBy>('day');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const sums = useCall('cost_summary', { month, by });

  if (sums.error) return <FailureView failure={sums.error} onRetry={() => void sums.refetch()} />;
  if (sums.data?.length === 0) {
    return (
      <div className={css.card}>
        <Empty
          icon={<Coins />}
          title={t(current ? 'empty.now' : 'empty.then')}
          text={current ? t('empty.text') : undefined}
        >
          {current && (
            <Link to="/settings" search={{ section: 'services' }}>
              {t('empty.key')}
            </Link>
          )}
        </Empty>
      </div>
    );
  }
  return (
    <>
      <section className={css.card} aria-label={t('sums.title')}>
        <header className={css.head}>
          <h2>{t('sums.title')}</h2>
          <Segmented<SumBy>
            label={t('sums.by')}
            value={by}
            segments={(['day', 'provider', 'project'] as const).map((value) => ({
              value,
              label: t(`sums.${value}`),
            }))}
            onChange={setBy}
          />
        </header>
        {sums.data ? (
          <Sums
            by={by}
            sums={sums.data}
            chosen={chosen}
            onChoose={(key, name) => by !== 'day' && setChosen({ by, key, name })}
          />
        ) : (
          <Loading>
            <Skeleton height={160} radius={10} />
          </Loading>
        )}
      </section>
      <Calls
        month={month}
        chosen={chosen}
        filter={
          chosen && (
            <Button icon={<X />} onClick={() => setChosen(null)}>
              {t('calls.only', { name: chosen.by === 'provider' ? providerTitle(chosen.key) : chosen.name })}
            </Button>
          )
        }
      />
    </>
  );
}
