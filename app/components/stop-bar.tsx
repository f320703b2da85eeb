/** Stands where Send stood while an answer is written; in the document it precedes the messages. */
export function StopBar({ action }: { action: string }) {
  return (
    <form className="stop-bar" method="post" action={action}>
      <div className="stop-row">
        <p>The answer goes on even if you close this page.</p>
        <button className="button" type="submit">
          Stop
        </button>
      </div>
    </form>
  );
}
