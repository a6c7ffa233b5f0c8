// A price in the reader's way of writing, with as many decimals as a text message needs. The currency comes with what was played.
// Used by the preview.
import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { formatLocale } from '../../i18n.ts';

const MOST_DECIMALS = 4;

/** ISO 4217 code of the hotline's prices; null where none is set. */
export const CurrencyContext = createContext<string | null>(null);

export function usePrice(): (price: number) => string {
  const { i18n } = useTranslation();
  const currency = useContext(CurrencyContext);
  return (price) => {
    const locale = formatLocale(i18n.language);
    try {
      const style = currency === null ? {} : { style: 'currency' as const, currency, minimumFractionDigits: 2 };
      return new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: MOST_DECIMALS }).format(price);
    } catch {
      // The settings have a currency that nobody knows.
      return `${new Intl.NumberFormat(locale, { maximumFractionDigits: MOST_DECIMALS }).format(price)} ${currency ?? ''}`;
    }
  };
}
