// A part of the side panel under its heading. Used by side-panel.tsx and its parts.
import type { ReactNode } from 'react';

export function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="panel-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}
