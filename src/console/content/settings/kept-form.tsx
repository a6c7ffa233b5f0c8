// The frame of a form whose fields are kept in the draft as they are typed: what went wrong, what waits, and the fields,
// which cannot be changed where one only looks. Used by the forms of answers, places and settings.
import type { FocusEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import type { Kept } from './use-kept-value.ts';
import './settings.css';

type KeptPart = Pick<Kept<unknown>, 'state' | 'write' | 'retry' | 'edits'>;

export interface KeptFormProps {
  /** What the form is about; heard, not seen. */
  label: string;
  /** What stands in it: one entry, or several. */
  kept: KeptPart | readonly KeptPart[];
  isReadOnly: boolean;
  children: ReactNode;
}

/** The first of them that one of the entries is in is told. */
const WORST_FIRST = ['failed', 'wrong', 'writing', 'waiting'] as const;

export function KeptForm({ label, kept, isReadOnly, children }: KeptFormProps): ReactNode {
  const parts = [kept].flat();
  const write = (): void => parts.forEach((part) => part.write());
  const leave = (event: FocusEvent<HTMLFormElement>): void => {
    const goesTo = event.relatedTarget;
    if (!(goesTo instanceof Node) || !event.currentTarget.contains(goesTo)) write();
  };
  return (
    <form
      noValidate
      className="kept-form"
      aria-label={label}
      onBlur={leave}
      onSubmit={(event) => {
        event.preventDefault();
        write();
      }}
    >
      <ErrorNotice
        error={parts.find(({ edits }) => edits.error !== null)?.edits.error ?? null}
        retry={() => parts.forEach((part) => part.retry())}
      />
      <fieldset className="form" disabled={isReadOnly}>
        {children}
      </fieldset>
      {!isReadOnly && <KeptNote state={WORST_FIRST.find((state) => parts.some((part) => part.state === state)) ?? 'kept'} />}
      {parts.map(({ edits }, index) => (
        <ConflictDialog key={index} edits={edits} />
      ))}
    </form>
  );
}

function KeptNote({ state }: { state: Kept<unknown>['state'] }): ReactNode {
  const { t } = useTranslation('answers');
  const words = {
    kept: t('kept.kept'),
    waiting: t('kept.waiting'),
    writing: t('kept.writing'),
    wrong: t('kept.wrong'),
    failed: t('kept.failed'),
  };
  return (
    <p className={`kept-note small ${state}`} role="status">
      <Icon name={state === 'wrong' || state === 'failed' ? 'alert' : state === 'kept' ? 'check' : 'clock'} size={16} />
      {words[state]}
    </p>
  );
}
