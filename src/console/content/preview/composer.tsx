// What one can do as the person: write, send a picture, let time pass, take the last thing back, start again. Rendered by preview-stage.tsx.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { MOST_INPUTS, type Play } from './use-play.ts';

export function Composer({ play, channel }: { play: Play; channel: string }): ReactNode {
  const { t } = useTranslation('preview');
  const [text, setText] = useState('');
  return (
    <div className="phone-composer">
      <Form
        className="phone-write"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === '' || !play.canGoOn) return;
          play.say(text);
          setText('');
        }}
      >
        <div dir="auto">
          <TextField
            label={t('write')}
            placeholder={t(`write_${channel}`)}
            value={text}
            onChange={setText}
            maxLength={4000}
            autoComplete="off"
          />
        </div>
        <Button type="submit" tone="primary" icon="send" isDisabled={!play.canGoOn}>
          {t('act.send')}
        </Button>
      </Form>
      {!play.canGoOn && <p className="quiet small">{t('too_long', { count: MOST_INPUTS })}</p>}
      <div className="row">
        <Button isDisabled={!play.canGoOn} onPress={play.picture}>
          {t('act.picture')}
        </Button>
        <Button icon="clock" isDisabled={!play.canGoOn} onPress={play.wait}>
          {t('act.wait')}
        </Button>
        <Button icon="undo" isDisabled={play.inputs.length === 0} onPress={play.back}>
          {t('act.back')}
        </Button>
        <Button onPress={play.restart}>{t('act.restart')}</Button>
      </div>
    </div>
  );
}
