// Tells which fields of a directory are none of the standard's. Called by read-hsds.ts for every service.
// Names of fields only: what stands in them may be anything and is not shown.
import type { Report } from './report.ts';
import type { HsdsService } from './shape.ts';

/** Counts the unknown fields of a service and of all that hangs on it. */
export function noteUnknownFields(service: HsdsService, report: Report): void {
  visit('service', service, (field) => {
    const message = 'This field is none of the standard and is ignored. Nothing is to be done, unless people need what it says.';
    report.count({ severity: 'info', code: 'field.unknown', message, field });
  });
}

function visit(name: string, value: unknown, tell: (field: string) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(name, item, tell);
  else if (hasUnknown(value)) {
    for (const field of value.unknown) tell(`${name}.${field}`);
    for (const [key, inner] of Object.entries(value)) if (key !== 'unknown') visit(key, inner, tell);
  }
}

function hasUnknown(value: unknown): value is { unknown: string[] } {
  return typeof value === 'object' && value !== null && 'unknown' in value;
}
