// Where staff write. Three ways that cannot be mistaken for each other, each with its own label, ground and button: a message to
// the person, a private note, a message that is kept until the person writes. The first only where the case is one's own.
// Rendered by conversation.tsx.
import { useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/case-operations.ts';
import { useRead } from '../api.ts';
import { useShortcut } from '../shortcuts.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ComposerField, type ComposerHandle } from './composer-field.tsx';
import { mentionsIn } from './completing.ts';
import type { Mode } from './drafts.ts';
import { newNote, newReply } from './new-outgoing.ts';
import { ReplyWays } from './reply-ways.tsx';
import { SmsCount } from './sms-count.tsx';
import { useNow } from './use-now.ts';
import { waysToWrite, type How } from './window-left.ts';
import { useWorkspace } from './workspace.tsx';

export function Composer({ view, onTyped }: { view: CaseView; onTyped: () => void }): ReactNode {
  const { t } = useTranslation('cases');
  const { item, may } = view;
  const { meId, drafts, outbox, held } = useWorkspace();
  const ways = waysToWrite(view.reach, useNow());
  const isMine = item.assignee?.id === meId;
  const speaks = may.includes('reply') || may.includes('interpret');
  const modes = modesOf(view, speaks);
  const [chosen, setChosen] = useState<Mode | null>(null);
  // While somebody is in the field it stays what it was: a note that is half written must not turn into a message.
  const [pinned, setPinned] = useState<Mode | null>(null);
  const usual: Mode = speaks && (isMine || !may.includes('claim')) ? (modes[0] ?? 'note') : 'note';
  const mode = [chosen, pinned].find((one) => one !== null && modes.includes(one)) ?? usual;
  const [wished, setWished] = useState<How | null>(null);
  const [template, setTemplate] = useState<string | null>(null);
  const [warned, setWarned] = useState(false);
  const field = useRef<ComposerHandle>(null);
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.get(item.id, mode));
  const undoable = useSyncExternalStore(held.subscribe, () => held.of(item.id));
  const how: How | undefined = mode === 'later' ? 'when_they_write' : wished !== null && ways.includes(wished) ? wished : ways[0];
  const sent =
    how === 'template' && mode === 'reply' ? (view.reach.templates.find(({ id }) => id === template) ?? view.reach.templates[0]) : null;
  const blocked = mode === 'reply' && (how === undefined || how === 'when_they_write');

  const send = (): void => {
    const words = (sent?.text ?? text).trim();
    if (words === '' || blocked || undoable !== undefined) return field.current?.focus();
    if (mode === 'note') outbox.add(newNote(item.id, words, mentionsIn(words, view.colleagues)));
    else outbox.add(newReply(item.id, words, how ?? 'now', sent?.id ?? null));
    if (!sent) drafts.set(item.id, mode, '');
    setWarned(false);
    field.current?.focus();
  };
  const begin = (next: Mode, text?: string) => () => {
    // At once, so that the next key that is pressed is written.
    flushSync(() => void (modes.includes(next) && setChosen(next)));
    field.current?.focus(text);
  };
  const group = t('keys.case');
  useShortcut(modes.includes('reply') ? { keys: 'r', label: t('keys.reply'), group, run: begin('reply') } : null);
  useShortcut(modes.includes('note') ? { keys: 'n', label: t('keys.note'), group, run: begin('note') } : null);
  useShortcut(modes.includes('reply') ? { keys: '/', label: t('keys.canned'), group, run: begin('reply', '/') } : null);
  useShortcut({ keys: 'mod+Enter', label: t(`send.${mode}`), group, whileTyping: true, run: send });

  const { data: canned } = useRead('listReplies', [{ query: { language: item.language ?? 'en' } }], {
    enabled: may.includes('reply'),
    staleTime: 600_000,
  });
  if (modes.length === 0) return <Refusal view={view} />;
  return (
    <form
      className="composer"
      data-mode={mode}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Modes modes={modes} mode={mode} onChange={(next) => begin(next)()} />
      {item.status === 'closed' && <Refusal view={view} />}
      {mode === 'reply' && !isMine && may.includes('claim') && <p className="small">{t('composer.takes')}</p>}
      {mode === 'reply' && how !== 'now' && (
        <ReplyWays reach={view.reach} ways={ways} how={how} onHow={setWished} template={sent?.id ?? null} onTemplate={setTemplate} />
      )}
      {sent === null && !blocked && (
        <ComposerField
          ref={field}
          label={t(`mode.${mode}`)}
          hint={t(`mode_help.${mode}`)}
          value={text}
          onChange={(value) => {
            drafts.set(item.id, mode, value);
            onTyped();
          }}
          canned={mode === 'note' ? [] : (canned?.replies ?? [])}
          colleagues={mode === 'note' ? view.colleagues : []}
          onUnreviewed={() => setWarned(true)}
          onEnter={() => setPinned(mode)}
          onLeave={() => void (text === '' && setPinned(null))}
        />
      )}
      {warned && mode !== 'note' && <p className="small">{t('composer.unreviewed')}</p>}
      <div className="composer-foot">
        {mode === 'reply' && (item.channel === 'sms' || how === 'sms') && <SmsCount text={text} />}
        <span className="small quiet keys-hint">{t('composer.keys')}</span>
        {!blocked && (
          <Button
            type="submit"
            tone="primary"
            icon={mode === 'note' ? 'lock' : mode === 'later' ? 'clock' : 'send'}
            isDisabled={undoable !== undefined}
          >
            {t(`send.${mode}`)}
          </Button>
        )}
      </div>
    </form>
  );
}

/** What one may write here. `later` only where there is a window to wait for. */
function modesOf({ item, reach, may }: CaseView, speaks: boolean): Mode[] {
  const reachable = item.status !== 'closed' && reach.state !== 'stopped' && reach.state !== 'off';
  return [
    ...(speaks && reachable ? (['reply'] as const) : []),
    ...(may.includes('note') ? (['note'] as const) : []),
    ...(may.includes('reply') && reachable && reach.windowEndsAt !== null ? (['later'] as const) : []),
  ];
}

const MODE_ICONS = { reply: 'send', note: 'lock', later: 'clock' } as const;

/** Native radio buttons that look like tabs: arrows change them, and every screen reader knows them. */
function Modes({ modes, mode, onChange }: { modes: readonly Mode[]; mode: Mode; onChange: (mode: Mode) => void }): ReactNode {
  const { t } = useTranslation('cases');
  return (
    <fieldset className="modes">
      <legend className="only-heard">{t('composer.modes')}</legend>
      {modes.map((one) => (
        <label key={one} className={`mode ${one}`}>
          <input type="radio" name="mode" checked={one === mode} onChange={() => onChange(one)} />
          <Icon name={MODE_ICONS[one]} size={16} />
          <span>{t(`mode.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Why nothing can be sent here. */
function Refusal({ view: { item, reach } }: { view: CaseView }): ReactNode {
  const { t } = useTranslation('cases');
  const why =
    item.status === 'closed'
      ? 'closed'
      : reach.state === 'stopped' || reach.state === 'off'
        ? reach.state
        : item.assignee === null
          ? 'not_allowed'
          : 'taken';
  return <p className="composer-refused">{t(`refused.${why}`, { alias: item.assignee?.alias ?? '' })}</p>;
}
