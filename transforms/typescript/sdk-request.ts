import { ts } from './ts.js';
import { LeftToPerson } from './left-to-person.js';
import type { SdkRequest, Site } from './locate.js';
import { readUpdates, type Updates } from './old-client/updates.js';
import type { ParamsPlan } from './params-plan.js';
import { holdsResource, isResourceAccess } from './resource-holder.js';
import type { Symbols } from './symbols.js';
import { unwrap } from './syntax.js';

/** What the way in which a request is sent says of its site. */
export interface RequestPlan {
  /** Declarations that would be edited, and that other sites may share. */
  readonly claims: readonly ts.Node[];
  readonly problems: readonly LeftToPerson[];
  /** What the callbacks of a `completeStream` ask for. */
  readonly updates: Updates | undefined;
}

/** Plans how a call of the SDK gets to the other resource. */
export function planSdkRequest(site: Site, request: SdkRequest, params: ParamsPlan, symbols: Symbols): RequestPlan {
  const plan = request.method === 'create' ? planResource(request, symbols) : planOldClient(request, params, symbols);
  const alias = typeAliasByImport(site, symbols);
  const renamed = new LeftToPerson(
    'CTM316',
    alias ?? site.call,
    'an "import =" gives a legacy type another name; write "type" in its place first',
  );
  return { ...plan, problems: alias ? [...plan.problems, renamed] : plan.problems };
}

function planResource(request: SdkRequest, symbols: Symbols): RequestPlan {
  const holder = resourceAlias(request, symbols);
  const problem = new LeftToPerson(
    'CTM302',
    request.call,
    'how this reaches the completions resource cannot be followed; call messages.create here by hand',
  );
  return {
    claims: holder ? [holder] : [],
    problems: isPlainResource(request, symbols) ? [] : [problem],
    updates: undefined,
  };
}

/** A call of the client of SDK 0.4 and older, and what its stream calls back. */
function planOldClient({ call, method, options }: SdkRequest, params: ParamsPlan, symbols: Symbols): RequestPlan {
  const problems: LeftToPerson[] = [];
  const problem = (node: ts.Node, message: string): void => {
    problems.push(new LeftToPerson('CTM305', node, message));
  };
  const callee = unwrap(call.expression);
  const declared = ts.isPropertyAccessExpression(callee) ? symbols.declaration(callee.name) : undefined;
  // One client makes all calls: the class that declares the method stands for it.
  const claims = declared ? [declared.parent] : [];
  if (!declared) problem(call, 'how this calls the client cannot be followed; use messages.create');
  const stream = params.uses.find(({ key }) => key === 'stream');
  if (stream) problem(stream.node, 'this client ignored "stream"; take it out, and run the tool again');
  if (method === 'complete') return { claims, problems, updates: undefined };
  try {
    return { claims, problems, updates: readUpdates(options, symbols) };
  } catch (error) {
    if (!(error instanceof LeftToPerson)) throw error;
    return { claims, problems: [...problems, error], updates: undefined };
  }
}

/** `import Answer = Anthropic.Completion`: what such a name becomes cannot be written as an import. */
function typeAliasByImport({ unit }: Site, symbols: Symbols): ts.Node | undefined {
  return unit.tree.statements.find((statement) => {
    if (!ts.isImportEqualsDeclaration(statement) || !ts.isQualifiedName(statement.moduleReference)) return false;
    return symbols.sdkName(statement.moduleReference.right)?.startsWith('Completion') === true;
  });
}

/** Whether a site calls `X.completions` itself, or a name that holds nothing but that. */
function isPlainResource({ resource }: SdkRequest, symbols: Symbols): boolean {
  const inner = unwrap(resource);
  if (isResourceAccess(inner, symbols)) return true;
  if (!ts.isIdentifier(inner) && !ts.isPropertyAccessExpression(inner)) return false;
  const symbol = symbols.of(ts.isPropertyAccessExpression(inner) ? inner.name : inner);
  return symbol !== undefined && holdsResource(symbol, symbols);
}

/** The variable, binding or member through which a site reaches `client.completions`, when it does not say so itself. */
function resourceAlias({ resource }: SdkRequest, symbols: Symbols): ts.Node | undefined {
  const inner = unwrap(resource);
  if (isResourceAccess(inner, symbols)) return undefined;
  return symbols.declaration(ts.isPropertyAccessExpression(inner) ? inner.name : inner);
}
