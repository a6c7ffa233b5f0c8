// A flow that is begun by keywords needs some in every required language.
import { localeFile, requiredLanguages } from '../check.ts';
import type { Check } from '../check.ts';
import { errorAt } from '../problem.ts';
import type { Problem } from '../problem.ts';

export const checkKeywords: Check = (context) => {
  return context.flows.flatMap(({ id, value, at }) => {
    const problems: Problem[] = [];
    if (value.triggers?.keywords === true) {
      for (const language of requiredLanguages(context)) {
        if (context.texts.list(`${id}:keywords`, language).length > 0) continue;
        const message = `No word begins this flow in ${language}: add "keywords": ["…"] to ${localeFile(`${id}:keywords`, language)}.`;
        problems.push(errorAt(at(['triggers'], 'keywords'), 'text.missing', message));
      }
    }
    return problems;
  });
};
