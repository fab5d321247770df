/** What a platform would not take, or not show well. */
import { useNavigate } from '@tanstack/react-router';
import { CircleX, RefreshCw, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { useSay, useToasts } from '../../../app/toasts';
import type { Finding, PlannedPost } from '../../../backend/bindings/calls';
import { Button } from '../../../components/Button';
import { platformTitle } from '../../../lib/platforms';
import { findingText } from '../../../lib/saidFindings';
import css from './Sheet.module.css';

interface Found {
  finding: Finding;
  platforms: string[];
}

/** The same thing that is wrong on several accounts is said once; what keeps it back comes first. */
function gathered(posts: readonly PlannedPost[]): Found[] {
  const found = new Map<string, Found>();
  for (const { account, findings } of posts) {
    for (const finding of findings) {
      const key = JSON.stringify([finding.level, finding.code, finding.says, finding.fix]);
      const one = found.get(key) ?? { finding, platforms: [] };
      const platform = platformTitle(account.platform);
      found.set(key, { ...one, platforms: [...new Set([...one.platforms, platform])] });
    }
  }
  const rank = ({ finding }: Found) => (finding.level === 'error' ? 0 : 1);
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

export function Findings({ posts, clip }: { posts: readonly PlannedPost[]; clip: string }) {
  const { t, i18n } = useTranslation('publish');
  const { t: said } = useTranslation('findings');
  const found = gathered(posts);
  if (found.length === 0) return null;
  return (
    <ul className={css.findings} aria-label={t('findings')}>
      {found.map(({ finding, platforms }) => {
        const Sign = finding.level === 'error' ? CircleX : TriangleAlert;
        return (
          <li
            key={`${finding.level} ${finding.code} ${findingText(finding, said, i18n.language)}`}
            className={css.finding}
            data-level={finding.level}
          >
            <Sign aria-hidden />
            <p data-selectable>
              <strong>
                {t(`level.${finding.level}`)} · {platforms.join(', ')}
              </strong>{' '}
              {findingText(finding, said, i18n.language)}
            </p>
            {finding.fix && <MakeAgain clip={clip} platform={finding.fix.platform} />}
          </li>
        );
      })}
    </ul>
  );
}

/** The clip for another platform: it is made in the queue, and is a clip of its own. */
function MakeAgain({ clip, platform }: { clip: string; platform: string }) {
  const { t } = useTranslation('publish');
  const scope = useScope();
  const navigate = useNavigate();
  const toasts = useToasts();
  const say = useSay();
  const [state, setState] = useState<'asked' | 'under' | null>(null);
  const name = platformTitle(platform);
  const make = async () => {
    setState('asked');
    try {
      await scope.call('clip_refit', { clip, platform });
      setState('under');
      toasts.show({
        tone: 'plain',
        text: t('refitting', { platform: name }),
        action: { label: t('toQueue'), run: () => void navigate({ to: '/queue' }) },
      });
    } catch (thrown) {
      setState(null);
      throw thrown;
    }
  };
  return (
    <Button
      icon={<RefreshCw />}
      busy={state === 'asked'}
      disabled={state === 'under'}
      onClick={() => say.failing(make())}
    >
      {t(state === 'under' ? 'beingMade' : 'makeAgain', { platform: name })}
    </Button>
  );
}
