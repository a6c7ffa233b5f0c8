// `ventanilla rollback NUMBER`: puts the content of an earlier release back, as the next one.
import { parseArgs } from 'node:util';
import { AppError } from '../../domain/errors.ts';
import type { Command } from '../command.ts';
import { OPERATOR, withContent } from '../open-content.ts';

export const rollback: Command = {
  name: 'rollback',
  summary: 'put an earlier release back: rollback 12',
  usage: 'rollback NUMBER',
  run(args) {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    const number = Number(positionals[0]);
    if (!Number.isInteger(number) || number < 1) throw new AppError('cli.usage', `Usage: ventanilla ${rollback.usage}`);
    return withContent(async ({ content }) => {
      const next = await content.publishing.rollBack(OPERATOR, number);
      console.log(`Release ${next} has the content of release ${number}. A running service takes it up within seconds.`);
      return 0;
    });
  },
};
