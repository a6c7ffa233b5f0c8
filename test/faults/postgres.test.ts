// Every guarantee on PostgreSQL.
import { tryGuarantees } from './try-guarantees.ts';

tryGuarantees('postgres');
