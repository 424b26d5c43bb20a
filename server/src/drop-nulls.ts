import { z } from 'zod';

/** Takes nulls out of a parsed body that mean "not given". */
export type DropNulls = (value: unknown) => void;

/**
 * Many generated clients send null for what their caller leaves out. What this makes for a schema
 * takes such a null away wherever a field of an object may be missing but not null, however deep. A
 * null that means something stays, and so does all that is in JSON that is taken as it is.
 */
export function nullDropper(schema: z.ZodType): DropNulls {
  if (schema instanceof z.ZodObject) return forObject(schema);
  if (schema instanceof z.ZodUnion) return forUnion(schema);
  if (schema instanceof z.ZodArray) {
    const each = nullDropper(schema.element as z.ZodType);
    return (value) => {
      if (Array.isArray(value)) for (const item of value) each(item);
    };
  }
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
  ) {
    return nullDropper(schema.unwrap() as z.ZodType);
  }
  return () => undefined;
}

function forObject(schema: z.ZodObject): DropNulls {
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => ({
    name,
    droppable: field.safeParse(undefined).success && !field.safeParse(null).success,
    dropInside: nullDropper(field),
  }));
  return (value) => {
    if (!isObject(value)) return;
    for (const { name, droppable, dropInside } of fields) {
      if (value[name] !== null) dropInside(value[name]);
      else if (droppable) Reflect.deleteProperty(value, name);
    }
  };
}

/**
 * A client that has one class for all members of a union sends the fields of all of them. The member
 * that is meant is the one whose every required field is there; what only others have is dropped.
 */
function forUnion(schema: z.ZodUnion): DropNulls {
  const members = (schema.options as z.ZodType[]).flatMap((member) =>
    member instanceof z.ZodObject ? [describeMember(member)] : [],
  );
  const names = new Set(members.flatMap((member) => member.names));
  return (value) => {
    if (!isObject(value)) return;
    const meant = members.find(({ required }) => required.every((name) => value[name] != null));
    if (meant === undefined) return;
    for (const name of names) {
      if (value[name] === null && !meant.names.includes(name)) {
        Reflect.deleteProperty(value, name);
      }
    }
    meant.drop(value);
  };
}

function describeMember(schema: z.ZodObject): {
  names: string[];
  required: string[];
  drop: DropNulls;
} {
  const shape: Record<string, z.ZodType> = schema.shape;
  const names = Object.keys(shape);
  return {
    names,
    required: names.filter((name) => shape[name]?.safeParse(undefined).success === false),
    drop: forObject(schema),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
