// One message of the hotline as it is sent: its words, its buttons, and what it costs as a text message. Rendered by conversation.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlayedMessage as Message } from '../../../api/content-shapes.ts';
import { choiceNumber } from '../../../domain/choice-number.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { tagDirection } from '../tag-direction.ts';
import { usePrice } from './use-price.ts';

export interface PlayedMessageProps {
  message: Message;
  language: string | null;
  /** Of the newest choices one can be pressed; the others stay readable. */
  canPress: boolean;
  onPress: (index: number) => void;
}

export function PlayedMessage({ message, language, canPress, onPress }: PlayedMessageProps): ReactNode {
  const { t } = useTranslation('preview');
  const { text, choices, layout, sms } = message;
  const spoken = language === null ? { dir: 'auto' } : { lang: language, dir: tagDirection(language) };
  const isNumbered = layout === 'text';
  return (
    <div className="said hotline">
      <span className="only-heard">{t('who.hotline')}:</span>
      <div className="words" {...spoken}>
        {text}
      </div>
      {choices.length > 0 && !isNumbered && (
        <ul className={`phone-choices ${layout}`} aria-label={t(layout === 'list' ? 'choices.list' : 'choices.buttons')} {...spoken}>
          {choices.map((label, index) => (
            <li key={index}>
              {canPress ? <Button onPress={() => onPress(index)}>{label}</Button> : <span className="pressed">{label}</span>}
            </li>
          ))}
        </ul>
      )}
      {choices.length > 0 && isNumbered && canPress && (
        <ul className="phone-choices numbers" aria-label={t('choices.numbers')}>
          {choices.map((label, index) => {
            const number = choiceNumber(index, choices.length);
            return (
              <li key={index}>
                <Button aria-label={t('choices.number', { number, label })} onPress={() => onPress(index)}>
                  {number}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      {sms !== null && <Meter sms={sms} />}
    </div>
  );
}

function Meter({ sms }: { sms: NonNullable<Message['sms']> }): ReactNode {
  const { t } = useTranslation('preview');
  const format = useFormat();
  const price = usePrice();
  const parts = [
    t('sms.segments', { count: sms.segments }),
    t('sms.characters', { count: sms.characters, number: format.number(sms.characters) }),
    t(`sms.${sms.encoding}`),
    ...(sms.price === null ? [] : [price(sms.price)]),
  ];
  return <p className="small quiet phone-meter">{parts.join(' · ')}</p>;
}
