/**
 * The gate «typed calls». In `src`, only the client modules contain addresses of the server, and no code casts an
 * answer of the server or names its type. Prints each violation and exits 1 when there is one.
 */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const PROJECT = path.resolve(import.meta.dirname, '..')

/** The modules that may contain addresses of the server: the clients, the worker that recognises public reads, and the request before the app. */
const WITH_ADDRESSES = [
  'src/data/rpc.ts',
  'src/data/calendarAddress.ts',
  'src/data/issueConstancia.ts',
  'src/data/ownVideo.ts',
  'src/data/staff/memberFetch.ts',
  'src/sw/publicReads.ts',
  'src/app/early.ts',
]
const ADDRESS = /\/(?:rest|functions)\/v1\b/u
const CALLS = new Set(['rpc', 'rpcGet', 'answerOf', 'invoke'])

/** The name of the called function: `rpc` for `rpc(…)` and for `supabase.rpc(…)`. */
function nameOf({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText()
}

/** Whether the expression is an answer of the server or a part of it, also when awaited or in parentheses. */
function isAnswer(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) return CALLS.has(nameOf(node)) || isAnswer(node.expression)
  const isWrapped =
    ts.isAwaitExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node)
  return isWrapped && isAnswer(node.expression)
}

function faultOf(node: ts.Node): string | null {
  if (ts.isAsExpression(node) && isAnswer(node.expression)) return 'casts an answer'
  if (ts.isCallExpression(node) && node.typeArguments && CALLS.has(nameOf(node)))
    return 'names the type of an answer'
  const isText =
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
  return isText && ADDRESS.test(node.text) ? 'writes an address of the server' : null
}

/** The script of a component, with its line numbers kept, or the whole module. */
const scriptOf = (file: string, text: string): string =>
  file.endsWith('.vue')
    ? text.replaceAll(/^[\s\S]*?<script[^>]*>|<\/script>[\s\S]*$/gu, (rest) => rest.replaceAll(/[^\n]/gu, ''))
    : text

/** Every untyped call in this file, as `file:line what`. */
export function untypedCalls(file: string, text: string): string[] {
  const source = ts.createSourceFile(
    file,
    scriptOf(file, text),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TS,
  )
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const fault = WITH_ADDRESSES.includes(file) ? null : faultOf(node)
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
    if (fault) found.push(`${file}:${line} ${fault}`)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function checkProject(): void {
  const files = readdirSync(path.join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join('src', file.replaceAll('\\', '/')))
    .filter((file) => /\.(ts|vue)$/u.test(file) && !/\.test(-d)?\.ts$|\/testing\//u.test(file))
  const found = files.flatMap((file) => untypedCalls(file, readFileSync(path.join(PROJECT, file), 'utf8')))
  for (const one of found) console.error(one)
  if (found.length > 0) process.exitCode = 1
}

if (import.meta.filename === process.argv[1]) checkProject()
