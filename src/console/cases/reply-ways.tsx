// How to reach somebody whom WhatsApp no longer lets us write to freely: an approved template, an SMS where they agreed.
// Waiting until they write is a mode of its own. Rendered by composer.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/case-operations.ts';
import { OneOf } from '../ui/choice.tsx';
import { Select } from '../ui/field.tsx';
import type { How } from './window-left.ts';

interface ReplyWaysProps {
  reach: CaseView['reach'];
  ways: readonly How[];
  how: How | undefined;
  onHow: (how: How) => void;
  template: string | null;
  onTemplate: (id: string) => void;
}

export function ReplyWays({ reach, ways, how, onHow, template, onTemplate }: ReplyWaysProps): ReactNode {
  const { t } = useTranslation('cases');
  const open = ways.filter((way) => way === 'template' || way === 'sms');
  const chosen = reach.templates.find(({ id }) => id === template);
  if (open.length === 0) return <p className="composer-refused">{t('ways.only_later')}</p>;
  return (
    <div className="ways">
      {open.length > 1 && (
        <OneOf
          label={t('ways.label')}
          options={open.map((value) => ({ value, label: t(`ways.${value}`) }))}
          value={how === 'template' || how === 'sms' ? how : null}
          onChange={onHow}
        />
      )}
      {open.length === 1 && <p className="small">{t(`ways.only_${open[0] === 'sms' ? 'sms' : 'template'}`)}</p>}
      {how === 'template' && chosen && (
        <>
          {reach.templates.length > 1 && (
            <Select
              label={t('ways.which')}
              value={chosen.id}
              options={reach.templates.map(({ id, text }) => ({ value: id, label: text.slice(0, 60) }))}
              onChange={onTemplate}
            />
          )}
          <blockquote className="bubble template" dir="auto" lang={chosen.language}>
            {chosen.text}
          </blockquote>
        </>
      )}
    </div>
  );
}
