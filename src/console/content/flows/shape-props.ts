// What every field of a step's form is given. A file of its own, so that fields within fields need not import each other.
import type { FieldShape } from './form-fields.ts';
import type { JsonValue, Path } from './json-path.ts';

export interface ShapeProps {
  shape: FieldShape;
  path: Path;
  label: string;
  hint?: string | undefined;
  isRequired: boolean;
  usual?: JsonValue | undefined;
}
