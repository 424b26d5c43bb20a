import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { namesIn } from '../../options/names';

/**
 * The names that a field holds, at least one. Throws NodeOperationError, which names the field, where
 * there is none, or where something in the list can be no name: what is left out silently would be missed.
 */
export function readNames(
  context: IExecuteFunctions,
  { value, label, item }: { value: unknown; label: string; item: number },
): string[] {
  const names = namesIn(value);
  const others = partsOf(value).filter((part) => !isName(part));
  if (names.length > 0 && others.length === 0) return names;
  throw new NodeOperationError(
    context.getNode(),
    others.length === 0 ? `"${label}" is empty` : `"${label}" has to be a list of texts`,
    {
      description: 'Choose or write at least one, with commas between several.',
      itemIndex: item,
    },
  );
}

function partsOf(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isName(part: unknown): boolean {
  return typeof part === 'string' || typeof part === 'number';
}
