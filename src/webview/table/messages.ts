/**
 * What the grid in the webview and the host say to each other. A request is defined once, with what it takes and what
 * it answers; both sides' handlers are checked against this map, and every request is answered or refused.
 */
import type {
  CellRequest,
  CellText,
  FindPattern,
  FindProgress,
  FoundMatch,
  Match,
  ReadAs,
  Rows,
  RowsRequest,
  TableProblem,
  TableProgress,
  TableShape,
} from "../../table/tableTypes.ts";

/** How the grid is laid out; kept per kind of file, which is its list of columns. */
export interface GridLayout {
  /** By column name, in CSS pixels. */
  readonly widths: Readonly<Record<string, number>>;
  /** Names in the order in which they are shown; those not named follow in the file's order. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** Always in view, at the left, in this order. */
  readonly pinned: readonly string[];
}

/** Where the person was; kept per file. */
export interface GridPosition {
  readonly row: number;
  /** Place in the file's order. */
  readonly column: number;
}

export type CopyFormat = "text" | "tsv" | "csv" | "json" | "markdown";

/** Whole cells between two corners. */
export interface CopyRequest {
  readonly rows: { readonly from: number; readonly count: number };
  /** Places in the file's order, in the order in which they are shown. */
  readonly columns: readonly number[];
  readonly withHeader: boolean;
  /** `text`: one cell's own text. */
  readonly format: CopyFormat;
}

export type CopyAnswer =
  | { readonly kind: "copied"; readonly rows: number; readonly cells: number }
  /** More than a clipboard is given; nothing was copied. */
  | { readonly kind: "tooLarge"; readonly limitBytes: number };

/** Buttons that states and banners offer; the host carries them out. */
export type TableAction =
  "reload" | "openAsText" | "openFormatted" | "unpack" | "reveal" | "resumeDownload" | "showLog" | "saveAs" | "delete";

/** Something to know about the file while its rows stay in view. */
export type TableNotice =
  | { readonly kind: "changed" }
  | { readonly kind: "missing" }
  | {
      readonly kind: "downloading";
      readonly receivedBytes: number;
      readonly totalBytes?: number;
      readonly waiting?: string;
    }
  | { readonly kind: "paused"; readonly receivedBytes: number; readonly totalBytes?: number }
  | {
      readonly kind: "failed";
      readonly receivedBytes: number;
      readonly totalBytes?: number;
      /** One whole sentence. */
      readonly reason: string;
    };

export interface TableView {
  readonly fileName: string;
  readonly notice?: TableNotice;
  readonly content:
    | {
        readonly kind: "table";
        readonly shape: TableShape;
        readonly progress: TableProgress;
        readonly layout?: GridLayout;
        readonly position?: GridPosition;
      }
    | { readonly kind: "problem"; readonly problem: TableProblem; readonly actions: readonly TableAction[] };
}

interface Request<Argument, Answer> {
  argument: Argument;
  answer: Answer;
}

/** What the grid asks the host. */
export interface GridRequests {
  /** First of all: answered when the file's beginning is read. */
  open: Request<object, TableView>;
  rows: Request<RowsRequest, Rows>;
  cell: Request<CellRequest, CellText>;
  find: Request<FindPattern, FindProgress>;
  findNext: Request<{ readonly from: Match; readonly direction: "next" | "previous" }, FoundMatch | null>;
  endFind: Request<object, null>;
  copy: Request<CopyRequest, CopyAnswer>;
  /** Answered with the view as it is then. */
  readAs: Request<ReadAs, TableView>;
  keepLayout: Request<GridLayout, null>;
  keepPosition: Request<GridPosition, null>;
  /** Puts the text editor's cursor on the row's record; refused where VS Code can't open the file as text. */
  revealInText: Request<{ readonly row: number }, null>;
  act: Request<{ readonly action: TableAction }, null>;
}

export type GridRequestName = keyof GridRequests;

/** Any request, as it is posted. `id` is the grid's own and comes back in the answer. */
export type GridMessage =
  | {
      [Name in GridRequestName]: {
        readonly type: "request";
        readonly id: number;
        readonly name: Name;
        readonly argument: GridRequests[Name]["argument"];
      };
    }[GridRequestName]
  /** Nobody waits for the answer any more; no answer follows. */
  | { readonly type: "cancel"; readonly id: number };

/** What the host tells the grid unasked. */
export interface HostEvents {
  shape: TableShape;
  progress: TableProgress;
  find: FindProgress;
  /** null: nothing to know any more. */
  notice: TableNotice | null;
  /** The file is read anew: everything begins again from this view. */
  view: TableView;
  /** A command of VS Code, by key or palette, that this table is to carry out. */
  command: GridCommand;
}

export type GridCommand =
  | {
      readonly command:
        | "find"
        | "findNext"
        | "findPrevious"
        | "goToRow"
        | "goToColumn"
        | "showAllColumns"
        | "showDetail"
        | "chooseColumns"
        | "revealInText"
        | "selectAll";
    }
  | { readonly command: "copy"; readonly format: CopyFormat };

export type HostMessage =
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown }
  /** `message` is one whole sentence. */
  | { readonly type: "refusal"; readonly id: number; readonly code: string; readonly message: string }
  | {
      [Name in keyof HostEvents]: { readonly type: "event"; readonly name: Name; readonly event: HostEvents[Name] };
    }[keyof HostEvents];
