export { type FontSet, type FontSettings, loadFonts, type Style } from './font-set';
export {
  BASELINE,
  createWriter,
  LINE_HEIGHT,
  type TextSize,
  type TextStyle,
  type Writer,
} from './writer';
