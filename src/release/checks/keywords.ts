// A flow that is begun by keywords needs some in every required language, and the menu it names must lead to it.
import { localeFile, requiredLanguages } from '../check.ts';
import type { Check } from '../check.ts';
import { errorAt } from '../problem.ts';
import type { Problem } from '../problem.ts';

export const checkKeywords: Check = (context) => {
  const flows = new Map(context.flows.map((flow) => [flow.id, flow]));
  return context.flows.flatMap(({ id, value, at }) => {
    const problems: Problem[] = [];
    const menu = value.triggers?.menu;
    if (menu !== undefined) {
      const target = flows.get(menu);
      const leads = target?.value.steps.some(
        (step) => (step.kind === 'goto' && step.goto === id) || (step.kind === 'call' && step.call === id),
      );
      const message =
        target === undefined
          ? `There is no flow "${menu}" in flows/.`
          : `The flow "${menu}" does not lead here: it needs a step "goto: ${id}" or "call: ${id}".`;
      if (leads !== true) problems.push(errorAt(at(['triggers'], 'menu'), 'flow.menu', message));
    }
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
