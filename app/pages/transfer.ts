import type { ImportView } from "~/components/import-report";
import type { TransferView } from "~/components/transfer";
import type { Import } from "~/db/imports";
import { ParleyError } from "~/errors";
import type { RequestContext } from "./context";
import { outcomeOf } from "./outcome";

const SHOWN = 5;

/** The page of exports and imports. */
export async function transferPage(context: RequestContext): Promise<TransferView> {
  const { db, hrefs } = context;
  const newest = await db.imports.newest(SHOWN);
  return {
    everything: hrefs.everything(),
    action: hrefs.imports(),
    imports: newest.map(({ id, fileName, state, createdAt }) => ({
      id,
      href: hrefs.import(id),
      fileName,
      state,
      at: createdAt,
    })),
    now: Date.now(),
    problem: outcomeOf(context, "import-refused")?.problem,
  };
}

/** The state of an import; throws a ParleyError for an unknown one. */
export async function importPage(
  { db, hrefs }: RequestContext,
  id: string,
): Promise<{ view: ImportView; self: string; list: string; again: string }> {
  const found = await db.imports.find(id);
  if (!found) {
    throw new ParleyError("import-unknown", "There is no such import.", {
      kind: "unknown",
      next: "Look at the list of conversations for what is here.",
    });
  }
  return {
    view: viewOf(found),
    self: hrefs.import(id),
    list: hrefs.conversations(),
    again: hrefs.transfer(),
  };
}

function viewOf({ fileName, state, total, done, added, skipped, ...end }: Import): ImportView {
  return {
    fileName,
    state,
    total: total ?? undefined,
    done,
    added,
    skipped,
    problem: state === "failed" ? problemOf(end, added) : undefined,
  };
}

function problemOf(
  { errorCode, errorDetail }: Pick<Import, "errorCode" | "errorDetail">,
  added: number,
) {
  const code = errorCode ?? "own-fault";
  const kept = added > 0 ? "What was added is whole; the same file can be sent again." : "";
  if (code === "own-fault") {
    return {
      code,
      sentence: "Something went wrong in Parley.",
      next: kept || "Nothing was added. Try again; the log says more.",
      id: errorDetail || undefined,
    };
  }
  return { code, sentence: errorDetail ?? "", next: kept || "Nothing was added." };
}
