/** The API's description, as the types of its calls: what a path asks for, and what it answers. */
import type { paths } from "../../shared/schema";

export type Method = "get" | "post" | "put" | "patch" | "delete";
type Operation = { parameters: { path?: unknown; query?: unknown }; responses: object };

/** The paths that know a method. */
export type PathOf<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, Operation> ? P : never }[keyof paths];
type OperationAt<M extends Method, P extends keyof paths> = paths[P] extends Record<M, infer O extends Operation> ? O : never;

type Parameters<O extends Operation> = Pick<O["parameters"], "path" | "query">;
type Body<O extends Operation> = O extends { requestBody: { content: { "application/json": infer B } } } ? { body: B } : { body?: never };

/** What comes with the same key is done once, however often it is sent. */
type Keyed<O extends Operation> = O["parameters"] extends { header: { "Idempotency-Key": string } } ? { key: string } : { key?: never };

/** What a call takes beside its path. */
export type Asked<M extends Method, P extends PathOf<M>> = Parameters<OperationAt<M, P>> & Body<OperationAt<M, P>> & Keyed<OperationAt<M, P>> & { signal?: AbortSignal };

type Success = 200 | 201 | 202 | 204;
type Said<O extends Operation> = {
  [S in keyof O["responses"] & Success]: O["responses"][S] extends { content: { "application/json": infer B } } ? B : undefined;
}[keyof O["responses"] & Success];

export type Answer<M extends Method, P extends PathOf<M>> = Said<OperationAt<M, P>>;

/** The paths of lists that need to be told nothing. */
export type ListPath = {
  [P in PathOf<"get">]: Answer<"get", P> extends { items: unknown[]; next: string | null } ? (object extends Asked<"get", P> ? P : never) : never;
}[PathOf<"get">];
export type ItemOf<P extends ListPath> = Answer<"get", P> extends { items: (infer Item)[] } ? Item : never;
