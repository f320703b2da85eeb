import { ConversationList } from "./conversation-list";
import { EmptyHome } from "./empty-home";
import { ErrorPage } from "./error-page";
import { HostNotice } from "./host-notice";
import { Layout } from "./layout";
import { AnswerPatterns, ConversationPatterns } from "./patterns/conversation-patterns";
import { Pattern } from "./patterns/pattern";
import { ABSENT, READY, sampleSidebar } from "./patterns/samples";

/** Every component in every state: where the look is checked by eye and by axe. */
export function PatternsPage({ base }: { base: string }) {
  const sidebar = sampleSidebar(base);

  return (
    <Layout base={base} sidebar={sidebar} title="Patterns" place="page">
      <ConversationPatterns />
      <AnswerPatterns />
      <Pattern name="Without a host">
        {ABSENT.map((host) => (
          <HostNotice key={host.state} host={host} check="#" />
        ))}
      </Pattern>
      <Pattern name="The first page">
        <EmptyHome
          composer={{ action: "#", prompt: "", model: "qwen3:8b" }}
          host={READY}
          check="#"
        />
      </Pattern>
      <Pattern name="Requests that led nowhere">
        {[403, 404, 405, 500].map((status) => (
          <ErrorPage key={status} status={status} home="#" />
        ))}
      </Pattern>
      <Pattern name="All conversations">
        <ConversationList {...sidebar} older="#" />
        <ConversationList conversations={[]} now={sidebar.now} />
      </Pattern>
    </Layout>
  );
}
