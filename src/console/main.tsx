// Where the console begins: words in the reader's language, then the application. Loaded by index.html.
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/base.css';
import './ui/fonts.css';
import { queryClient } from './api.ts';
import { App } from './app.tsx';
import { startTexts } from './i18n.ts';

const place = document.querySelector('#root');
await startTexts();
if (place !== null)
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
