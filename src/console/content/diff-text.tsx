// Two versions of a text as one: what was taken away struck out, what came in underlined. Used where versions are compared.
import type { ReactNode } from 'react';
import { diffWords } from '../../release/word-diff.ts';
import { tagDirection } from './tag-direction.ts';
import './compare.css';

export interface DiffTextProps {
  before: string;
  after: string;
  /** Null where the words belong to no language. */
  language: string | null;
}

export function DiffText({ before, after, language }: DiffTextProps): ReactNode {
  return (
    <p className="text-shown diff" lang={language ?? undefined} dir={language === null ? 'auto' : tagDirection(language)}>
      {diffWords(before, after).map(({ kind, text }, index) => {
        if (kind === 'removed') return <del key={index}>{text}</del>;
        if (kind === 'added') return <ins key={index}>{text}</ins>;
        return <span key={index}>{text}</span>;
      })}
    </p>
  );
}
