import type ts from 'typescript';
import type { World } from './world.js';

/** What following the value of a field needs to know. */
export interface ReadContext {
  readonly world: World;
  /** Whether an expression is the text of a message. */
  readonly isText: (node: ts.Expression) => boolean;
  /** Whether an expression is the stop reason of a message. */
  readonly isStopReason: (node: ts.Expression) => boolean;
  /** Declarations on the way, so that none is entered twice. */
  readonly seen: ReadonlySet<ts.Node>;
}
