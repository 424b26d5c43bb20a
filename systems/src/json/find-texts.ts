import { createScanner, type JSONScanner } from 'jsonc-parser';
import { z } from 'zod';
import { SystemsError } from '../errors';
import { isExact } from './is-exact';

/** A value's place: keys, and positions in arrays. */
export type JsonPath = readonly (string | number)[];

/** `events[3].data.total` */
export function pathText(path: JsonPath): string {
  return z.core.toDotPath([...path]);
}

/** A value within a JSON text. */
export interface FoundText {
  path: JsonPath;
  /** Its tokens as they were sent, digit by digit and key by key, without the white space between. */
  text: string;
  /** Where it ends in the text that it was found in. */
  end: number;
  /** Where it has numbers that JavaScript cannot hold. */
  inexact: JsonPath[];
}

/**
 * Finds the texts of values by their key and how deep they are (1 for members of the outermost
 * object); within one that was found it looks for no other. Takes text that `JSON.parse` has taken.
 *
 * @throws {SystemsError} `duplicate_key` where an object, anywhere, has the same key twice: which of
 * the two counts is up to each parser.
 */
export function findTexts(
  json: string,
  isWanted: (key: string | number, depth: number) => boolean,
): FoundText[] {
  const reader = new Reader(json, createScanner(json, true), isWanted);
  return reader.readAll();
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** An object or array that has begun: where in it the reader is. */
interface Frame {
  /** The keys that an object has had; undefined for an array. */
  keys: Set<string> | undefined;
  key: string | number;
  /** Whether the next string is a key. */
  atKey: boolean;
}

/** Collects a wanted value's text in runs without white space. */
interface OpenText extends FoundText {
  depth: number;
  runFrom: number;
}

class Reader {
  private readonly found: FoundText[] = [];
  /** Its own stack, since a value under a repeated key may be nested without end. */
  private readonly frames: Frame[] = [];
  private frame: Frame | undefined;
  private open: OpenText | undefined;

  constructor(
    private readonly json: string,
    private readonly scanner: JSONScanner,
    private readonly isWanted: (key: string | number, depth: number) => boolean,
  ) {}

  readAll(): FoundText[] {
    for (;;) {
      this.scanner.scan();
      const from = this.scanner.getTokenOffset();
      if (from >= this.json.length) return this.found;
      this.read(from, from + this.scanner.getTokenLength());
    }
  }

  private read(from: number, end: number): void {
    switch (this.json.charCodeAt(from)) {
      case COLON:
        this.copy(from, end);
        break;
      case COMMA:
        this.advance();
        this.copy(from, end);
        break;
      case OPENING_BRACE:
        this.begin(from, end);
        this.enter({ keys: new Set(), key: '', atKey: true });
        break;
      case OPENING_BRACKET:
        this.begin(from, end);
        this.enter({ keys: undefined, key: 0, atKey: false });
        break;
      case CLOSING_BRACE:
      case CLOSING_BRACKET:
        this.copy(from, end);
        this.leave();
        this.finish();
        break;
      case QUOTE:
        if (this.frame?.atKey === true) {
          this.takeKey(this.frame, this.scanner.getTokenValue());
          this.copy(from, end);
        } else {
          this.begin(from, end);
          this.finish();
        }
        break;
      default:
        this.begin(from, end);
        this.checkNumber(this.scanner.getTokenValue());
        this.finish();
    }
  }

  private enter(frame: Frame): void {
    this.frames.push(frame);
    this.frame = frame;
  }

  private leave(): void {
    this.frames.pop();
    this.frame = this.frames.at(-1);
  }

  private advance(): void {
    const { frame } = this;
    if (frame === undefined) return;
    if (typeof frame.key === 'number') frame.key += 1;
    else frame.atKey = true;
  }

  private takeKey(frame: Frame, key: string): void {
    frame.key = key;
    frame.atKey = false;
    if (frame.keys?.has(key) === true) {
      const path = pathText(this.path());
      throw new SystemsError('duplicate_key', `The key ${path} is there twice. Send it once.`, [
        { path, message: 'The same key is there twice' },
      ]);
    }
    frame.keys?.add(key);
  }

  /** A value begins: it may be a wanted one. */
  private begin(from: number, end: number): void {
    const { frame, open } = this;
    const depth = this.frames.length;
    if (open !== undefined || frame === undefined || !this.isWanted(frame.key, depth)) {
      this.copy(from, end);
    } else {
      this.open = { path: this.path(), text: '', end, inexact: [], depth, runFrom: from };
    }
  }

  private copy(from: number, end: number): void {
    const { open } = this;
    if (open === undefined) return;
    if (from !== open.end) {
      open.text += this.json.slice(open.runFrom, open.end);
      open.runFrom = from;
    }
    open.end = end;
  }

  private checkNumber(token: string): void {
    if (this.open === undefined) return;
    const isNumber = token !== 'true' && token !== 'false' && token !== 'null';
    if (isNumber && !isExact(token)) this.open.inexact.push(this.path());
  }

  /** A value has ended: it may be the one that was wanted. */
  private finish(): void {
    const { open } = this;
    if (open?.depth !== this.frames.length) return;
    const { path, inexact, text, end, runFrom } = open;
    this.found.push({ path, inexact, end, text: text + this.json.slice(runFrom, end) });
    this.open = undefined;
  }

  private path(): JsonPath {
    return this.frames.map(({ key }) => key);
  }
}
