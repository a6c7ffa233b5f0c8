// What a text message costs: its characters, how many messages it is billed as, and what makes it dear. Rendered by composer.tsx.
// The counting is the hotline's own (rendering/sms.ts), fetched only where somebody is written to by SMS.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function SmsCount({ text }: { text: string }): ReactNode {
  const { t } = useTranslation('cases');
  const { data: sms } = useQuery({
    queryKey: ['sms'],
    queryFn: () =>
      import('../../rendering/sms.ts').then(({ countSegments, plainForSms, smsAlphabet }) => ({ countSegments, plainForSms, smsAlphabet })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (sms === undefined) return null;
  const plain = sms.plainForSms(text.trim());
  const { alphabet, forcedBy } = sms.smsAlphabet(plain);
  return (
    <span className="small sms-count">
      {t('sms.characters', { count: plain.length })} · {t('sms.messages', { count: plain === '' ? 0 : sms.countSegments(plain) })}
      {alphabet === 'UCS-2' && forcedBy.length < 4 && <> · {t('sms.dear', { characters: forcedBy.join(' ') })}</>}
    </span>
  );
}
