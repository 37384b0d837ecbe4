/*
 * What the sources say, as far as the conventions ask: imports, exports, functions, and words that need a reason.
 *
 * TypeScript 7 gives out its syntax trees through an interface that it calls unstable, so this is the only file that
 * uses it. The texts are handed over in memory: nothing is read from the disk, and no type is looked up.
 */
import {
  isArrowFunction,
  isAsExpression,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isConstructorDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isIdentifier,
  isImportDeclaration,
  isLiteralTypeNode,
  isMethodDeclaration,
  isNonNullExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertySignatureDeclaration,
  isSetAccessorDeclaration,
  isStringLiteral,
  isVariableDeclaration,
  isVariableStatement,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';
import type { TextFile } from './repository.ts';

/** One `import`, or `export … from`. */
export interface Import {
  /** As it is written; undefined when it is computed. */
  readonly specifier: string | undefined;
  /** `type` is gone when the program runs; `dynamic` is `import()`. */
  readonly kind: 'value' | 'type' | 'dynamic' | 're-export';
  readonly line: number;
}

/** One exported name. */
export interface Export {
  readonly name: string;
  readonly line: number;
  /** The text between the docstring's stars, on one line. */
  readonly docstring: string | undefined;
}

/** One function, method or arrow function that has a body in braces. */
export interface FunctionShape {
  readonly name: string;
  readonly line: number;
  readonly lineCount: number;
  readonly parameterCount: number;
}

/** A part of the language that the style allows in few places. */
export interface Use {
  readonly of: 'process' | 'assertion' | 'non-null' | 'any' | 'null';
  readonly line: number;
  /** For an assertion, the type. */
  readonly detail: string;
  /** True when a comment stands on the line, or on the one above. */
  readonly isExplained: boolean;
}

/** What one file says. */
export interface Facts {
  readonly path: string;
  readonly lineCount: number;
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  readonly functions: readonly FunctionShape[];
  readonly uses: readonly Use[];
}

const known = new WeakMap<readonly TextFile[], readonly Facts[]>();

/** What the TypeScript files among `files` say. The same list is read once. */
export function factsOf(files: readonly TextFile[]): readonly Facts[] {
  const facts = known.get(files) ?? readFacts(files.filter(({ path }) => path.endsWith('.ts') && !path.endsWith('.d.ts')));
  known.set(files, facts);
  return facts;
}

const root = '/sources';

function readFacts(files: readonly TextFile[]): readonly Facts[] {
  if (files.length === 0) return [];
  const configuration = {
    compilerOptions: { noLib: true, noResolve: true, types: [], allowImportingTsExtensions: true },
    files: files.map(({ path }) => path),
  };
  const texts = Object.fromEntries(files.map(({ path, text }) => [`${root}/${path}`, text]));
  const fs = createVirtualFileSystem({ ...texts, [`${root}/tsconfig.json`]: JSON.stringify(configuration) });
  const api = new API({ cwd: root, fs });
  try {
    const snapshot = api.updateSnapshot({ openProjects: [`${root}/tsconfig.json`] });
    const program = snapshot.getProjects()[0]?.program;
    return files.map(({ path }) => {
      const source = program?.getSourceFile(`${root}/${path}`);
      if (source === undefined) throw new Error(`${path} could not be read`);
      return factsOfSource(path, source);
    });
  } finally {
    api.close();
  }
}

function factsOfSource(path: string, source: SourceFile): Facts {
  const imports: Import[] = [];
  const functions: FunctionShape[] = [];
  const uses: Use[] = [];
  const lines = source.text.split('\n');
  const hasOwnProcess = declares(source, 'process');
  const visit = (node: Node): void => {
    const found = importAt(node);
    if (found !== undefined) imports.push({ ...found, line: lineOf(node) });
    const shape = functionAt(node);
    if (shape !== undefined) functions.push(shape);
    const use = useAt(node);
    if (use !== undefined && !(use.of === 'process' && hasOwnProcess)) {
      const line = lineOf(node);
      uses.push({ ...use, line, isExplained: isExplained(lines, line) });
    }
    node.forEachChild(visit);
  };
  visit(source);
  return { path, lineCount: source.text.trimEnd().split('\n').length, imports, exports: exportsOf(source), functions, uses };
}

function lineOf(node: Node): number {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

function importAt(node: Node): Omit<Import, 'line'> | undefined {
  if (isImportDeclaration(node)) {
    const isType = node.importClause?.phaseModifier === SyntaxKind.TypeKeyword;
    return { specifier: stringOf(node.moduleSpecifier), kind: isType ? 'type' : 'value' };
  }
  if (isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { specifier: stringOf(node.moduleSpecifier), kind: 're-export' };
  }
  if (!isCallExpression(node) || node.expression.kind !== SyntaxKind.ImportKeyword) return undefined;
  return { specifier: stringOf(node.arguments[0]), kind: 'dynamic' };
}

function stringOf(node: Node | undefined): string | undefined {
  return node !== undefined && isStringLiteral(node) ? node.text : undefined;
}

function functionAt(node: Node): FunctionShape | undefined {
  const isFunction =
    isFunctionDeclaration(node) ||
    isFunctionExpression(node) ||
    isArrowFunction(node) ||
    isMethodDeclaration(node) ||
    isConstructorDeclaration(node) ||
    isGetAccessorDeclaration(node) ||
    isSetAccessorDeclaration(node);
  if (!isFunction || node.body?.kind !== SyntaxKind.Block) return undefined;
  const source = node.getSourceFile();
  const line = lineOf(node);
  const lineCount = source.getLineAndCharacterOfPosition(node.end).line + 2 - line;
  return { name: nameOf(node), line, lineCount, parameterCount: node.parameters.length };
}

function nameOf(node: Node): string {
  if (isConstructorDeclaration(node)) return 'constructor';
  const named = isArrowFunction(node) || (isFunctionExpression(node) && node.name === undefined) ? node.parent : node;
  const hasName =
    isFunctionDeclaration(named) ||
    isFunctionExpression(named) ||
    isMethodDeclaration(named) ||
    isGetAccessorDeclaration(named) ||
    isSetAccessorDeclaration(named) ||
    isVariableDeclaration(named) ||
    isPropertyAssignment(named);
  return (hasName ? named.name?.getText() : undefined) ?? '(anonymous)';
}

function useAt(node: Node): Pick<Use, 'of' | 'detail'> | undefined {
  if (isNonNullExpression(node)) return { of: 'non-null', detail: '' };
  if (node.kind === SyntaxKind.AnyKeyword) return { of: 'any', detail: '' };
  if (isAsExpression(node)) {
    const type = node.type.getText();
    return type === 'const' ? undefined : { of: 'assertion', detail: type };
  }
  if (node.kind === SyntaxKind.NullKeyword) return isForeignNull(node) ? undefined : { of: 'null', detail: '' };
  return isIdentifier(node) && node.text === 'process' && !isPropertyName(node) ? { of: 'process', detail: '' } : undefined;
}

/** Whether it is one side of `===` or `!==`, or part of a type: what others give out as null has to be taken in. */
function isForeignNull({ parent }: Node): boolean {
  if (!isBinaryExpression(parent)) return isLiteralTypeNode(parent);
  const operator = parent.operatorToken.kind;
  return operator === SyntaxKind.EqualsEqualsEqualsToken || operator === SyntaxKind.ExclamationEqualsEqualsToken;
}

function isPropertyName(node: Node): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent) && parent.expression.getText() === 'globalThis') return false;
  if (isBindingElement(parent)) return parent.propertyName === node;
  const hasName =
    isPropertyAccessExpression(parent) ||
    isPropertyAssignment(parent) ||
    isPropertySignatureDeclaration(parent) ||
    isMethodDeclaration(parent);
  return hasName && parent.name === node;
}

/** Whether a variable or parameter of this name is declared anywhere in the file. */
function declares(source: SourceFile, name: string): boolean {
  const isDeclared = (node: Node): true | undefined => {
    const isDeclaration = isVariableDeclaration(node) || isParameterDeclaration(node) || isBindingElement(node);
    if (isDeclaration && node.name !== undefined && isIdentifier(node.name) && node.name.text === name) return true;
    return node.forEachChild(isDeclared);
  };
  return isDeclared(source) === true;
}

function isExplained(lines: readonly string[], line: number): boolean {
  const [above = '', own = ''] = [lines[line - 2]?.trim(), lines[line - 1]];
  return above.startsWith('//') || above.endsWith('*/') || own.includes(' // ');
}

function exportsOf(source: SourceFile): readonly Export[] {
  const found = source.statements.flatMap((statement): readonly Export[] => {
    if (!isExported(statement)) return [];
    return namesOf(statement).map((name) => ({
      name,
      line: lineOf(statement),
      docstring: docstringOf(isExportAssignment(statement) ? declarationOf(statement.expression, source) : statement),
    }));
  });
  // The later signatures of an overloaded function, and its body, are explained by the first.
  return found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index);
}

function isExported(statement: Node): boolean {
  if (isExportAssignment(statement)) return true;
  return 'modifiers' in statement && modifierKinds(statement.modifiers).includes(SyntaxKind.ExportKeyword);
}

function modifierKinds(modifiers: unknown): readonly SyntaxKind[] {
  return Array.isArray(modifiers) ? Array.from<Node>(modifiers).map((modifier) => modifier.kind) : [];
}

function namesOf(statement: Node): readonly string[] {
  if (isExportAssignment(statement)) return ['default'];
  if (isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((declaration) => declaration.name?.getText() ?? '');
  }
  const isDefault = 'modifiers' in statement && modifierKinds(statement.modifiers).includes(SyntaxKind.DefaultKeyword);
  if (isDefault) return ['default'];
  return 'name' in statement && isNode(statement.name) ? [statement.name.getText()] : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'getText' in value;
}

/** What `export default name` names, when it stands in the same file; otherwise the statement itself. */
function declarationOf(expression: Node, source: SourceFile): Node {
  if (!isIdentifier(expression)) return expression.parent;
  return source.statements.find((statement) => namesOf(statement).includes(expression.text)) ?? expression.parent;
}

function docstringOf(node: Node): string | undefined {
  const source = node.getSourceFile();
  const before = source.text.slice(node.getFullStart(), node.getStart(source)).trimEnd();
  const start = before.lastIndexOf('/**');
  if (start < 0 || !before.endsWith('*/')) return undefined;
  return before
    .slice(start + 3, -2)
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
