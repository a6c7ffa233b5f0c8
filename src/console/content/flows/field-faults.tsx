// What is wrong at a field, in plain words below it. Used by the fields of a step's form that have no place for it themselves.
import type { ReactNode } from 'react';
import { useFaultWords } from './fault-words.ts';
import { samePath, type Path } from './json-path.ts';
import { useStepForm } from './step-form-context.ts';

/** `exact`: only what is wrong with the value as a whole; its parts tell theirs. */
export function FieldFaults({ path, exact = false }: { path: Path; exact?: boolean }): ReactNode {
  const { faultsAt } = useStepForm();
  const words = useFaultWords();
  const faults = faultsAt(path).filter((fault) => !exact || samePath(fault.path, path));
  if (faults.length === 0) return null;
  return (
    <ul className="field-faults">
      {faults.map((fault) => {
        const { text, detail } = words(fault);
        return (
          <li key={`${fault.code}-${fault.path.join('.')}-${fault.message}`}>
            <span className="wrong">{text}</span>
            {detail !== null && (
              <span className="small" lang="en" dir="ltr">
                {detail}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
