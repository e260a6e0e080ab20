import { wordSet } from './word-set.ts'

const READS = `
  SelectStmt WithClause CommonTableExpr CTESearchClause CTECycleClause ResTarget ColumnRef A_Star
  A_Const A_Expr A_ArrayExpr A_Indices A_Indirection BoolExpr NullTest BooleanTest CaseExpr
  CaseWhen CoalesceExpr MinMaxExpr FuncCall NamedArgExpr SubLink TypeCast TypeName CollateClause
  RowExpr ParamRef SQLValueFunction RangeVar RangeSubselect RangeFunction RangeTableSample
  ColumnDef JoinExpr Alias SortBy WindowDef GroupingFunc GroupingSet List String Integer Float
  Boolean BitString XmlExpr XmlSerialize RangeTableFunc RangeTableFuncCol JsonIsPredicate
  JsonObjectConstructor JsonArrayConstructor JsonKeyValue JsonValueExpr JsonFormat JsonOutput
  JsonReturning JsonFuncExpr JsonBehavior JsonArgument JsonTable JsonTableColumn
  JsonTablePathSpec
`

/** The kinds of nodes that may stand anywhere in a statement that reads. */
export const READ_KINDS: ReadonlySet<string> = wordSet(READS)

/** The kinds of nodes that may stand anywhere in a statement that writes rows. */
export const WRITE_KINDS: ReadonlySet<string> = wordSet(`
  ${READS}
  SetToDefault MultiAssignRef MergeWhenClause OnConflictClause InferClause IndexElem
  ReturningClause LockingClause
`)

/** The kinds of nodes that may stand in an expression of a schema: an index, a default, a check. */
export const SCHEMA_KINDS: ReadonlySet<string> = wordSet(`
  ColumnRef A_Const A_Expr A_ArrayExpr A_Indices A_Indirection BoolExpr NullTest BooleanTest
  CaseExpr CaseWhen CoalesceExpr MinMaxExpr FuncCall TypeCast TypeName CollateClause RowExpr
  SQLValueFunction List String Integer Float Boolean BitString RangeVar IndexElem DefElem
  AlterTableCmd ColumnDef Constraint
`)

/** Statements that write rows; each stands alone, never inside another. */
export const WRITE_STATEMENTS: ReadonlySet<string> = new Set([
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
])
