// Picks languages: those chosen as buttons to take away, the others in a list to add. Used in the settings and for staff.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';

/** Languages that people on such lines write, and those of the countries that receive them. */
const TAGS =
  'am ar ay bm bn ckb de en es fa ff fr gn ha hi ht hy it ka kmr ln ne nl om pa pl ps pt qu ro ru sn snk so sq sr sw ta ti tr uk ur vi wo yo zh zgh'.split(
    ' ',
  );

export interface LanguagesFieldProps {
  label: string;
  hint?: string;
  value: readonly string[];
  onChange: (tags: string[]) => void;
}

export function LanguagesField({ label, hint, value, onChange }: LanguagesFieldProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const others = TAGS.filter((tag) => !value.includes(tag))
    .map((tag) => ({ value: tag, label: format.language(tag) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <div className="field" role="group" aria-label={label}>
      <span className="label">{label}</span>
      {hint !== undefined && <span className="hint">{hint}</span>}
      <div className="row">
        {value.map((tag) => (
          <Button
            key={tag}
            aria-label={t('people.remove_language', { language: format.language(tag) })}
            onPress={() => onChange(value.filter((one) => one !== tag))}
          >
            {format.language(tag)}
            <Icon name="close" size={16} />
          </Button>
        ))}
      </div>
      <Select
        label={t('people.add_language')}
        quietLabel
        value=""
        options={[{ value: '', label: t('people.add_language') }, ...others]}
        onChange={(tag) => tag !== '' && onChange([...value, tag])}
      />
    </div>
  );
}
