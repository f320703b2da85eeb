import { ConversationList } from "./conversation-list";
import { DeletedNotice } from "./deleted-notice";
import { EmptyHome } from "./empty-home";
import { ErrorPage } from "./error-page";
import { HostNotice } from "./host-notice";
import { KeysButton, KeysSheet } from "./keys-sheet";
import { Layout } from "./layout";
import {
  BesidePatterns,
  ComposerPatterns,
  ConversationPatterns,
  EndPatterns,
  LiveAnswerPatterns,
} from "./patterns/conversation-patterns";
import { SavedPromptPatterns, SteeringPatterns, TransferPatterns } from "./patterns/form-patterns";
import { Pattern } from "./patterns/pattern";
import { ABSENT, FOUND, NOTHING_FOUND, READY, sampleMenu, sampleSidebar } from "./patterns/samples";
import { RenameForm } from "./rename-form";
import { SearchBox } from "./search-box";
import { SearchResults } from "./search-results";
import type { SidebarView } from "./sidebar";

/** Every component in every state, for review by eye and by axe. */
export function PatternsPage({ base }: { base: string }) {
  const sidebar = sampleSidebar(base);
  return (
    <Layout base={base} sidebar={sidebar} title="Patterns" place="page">
      <ConversationPatterns />
      <LiveAnswerPatterns />
      <BesidePatterns />
      <EndPatterns />
      <ComposerPatterns />
      <HostPatterns />
      <SteeringPatterns />
      <SavedPromptPatterns />
      <Pattern name="Requests that led nowhere">
        {[403, 404, 405, 500].map((status) => (
          <ErrorPage key={status} status={status} home="#" />
        ))}
      </Pattern>
      <SearchPatterns />
      <ListPatterns sidebar={sidebar} />
      <TransferPatterns />
      <RenamePatterns />
      <Pattern name="Keys">
        <KeysButton hidden={false} />
        <KeysSheet />
      </Pattern>
      <Pattern name="Deleted a moment ago">
        <DeletedNotice
          view={{ id: "gone", title: "Bread without a mixer", restore: "#", leftMs: 30_000 }}
        />
      </Pattern>
    </Layout>
  );
}

function HostPatterns() {
  return (
    <>
      <Pattern name="Without a host">
        {ABSENT.map((host) => (
          <HostNotice key={host.state} host={host} check="#" />
        ))}
        <HostNotice host={{ ...READY, state: "unreachable" }} check="#" missed="qwen3:8b" />
      </Pattern>
      <Pattern name="The first page">
        <EmptyHome
          composer={{ action: "#", prompt: "", model: "qwen3:8b" }}
          instructions=""
          host={READY}
          check="#"
        />
      </Pattern>
    </>
  );
}

function SearchPatterns() {
  return (
    <Pattern name="Search">
      <SearchBox action="#" typed="high tide" id="search-pattern" name="Search as a pattern" />
      <SearchResults view={FOUND} />
      <SearchResults view={{ ...NOTHING_FOUND, misread: ["is:blue"], incomplete: true }} />
      <SearchResults view={{ ...NOTHING_FOUND, more: "#" }} />
      <SearchResults view={{ ...NOTHING_FOUND, sensible: false }} />
    </Pattern>
  );
}

function ListPatterns({ sidebar: { conversations, now } }: { sidebar: SidebarView }) {
  const rows = conversations.map((row) => ({
    ...row,
    model: "gemma3:27b-instruct-q4_K_M",
    menu: sampleMenu(row.id, row.title),
  }));
  const list = { now, archived: false, others: "#", transfer: "#" };
  return (
    <Pattern name="All conversations">
      <ConversationList conversations={rows} older="#" {...list} />
      <ConversationList conversations={[]} {...list} />
      <ConversationList conversations={[]} {...list} archived />
    </Pattern>
  );
}

function RenamePatterns() {
  return (
    <Pattern name="A conversation's title">
      <RenameForm view={{ action: "#", back: "#", title: "Why the tides come twice a day" }} />
      <RenameForm
        id="rename-refused"
        view={{
          action: "#",
          back: "#",
          title: "",
          problem: { code: "title-empty", sentence: "The title is empty.", next: "Write one." },
        }}
      />
    </Pattern>
  );
}
