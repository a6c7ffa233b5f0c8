// Every guarantee on SQLite.
import { tryGuarantees } from './try-guarantees.ts';

tryGuarantees('sqlite');
