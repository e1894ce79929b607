/**
 * The protocol between the grid's page and the extension host. A request is defined once, with its argument and its
 * answer; both sides are checked against this map.
 */
import type { Request } from "../../channel/requestMap.ts";
import type { ColumnProfile, Filter, SortKey } from "../../model/queryContract.ts";
import type {
  CellText,
  FindPattern,
  FindProgress,
  ReadAs,
  RecordField,
  SummaryAnswer,
  TableProblem,
  TableProgress,
  TableShape,
} from "../../table/tableTypes.ts";
import type { FileCell } from "../../table/tableReader.ts";
import type { RowNumber, RowPosition } from "../../table/view/rowIdentity.ts";
import type { ViewCell, ViewMatch, ViewRows, ViewRowsRequest, ViewSummaryRequest } from "../../table/view/rowView.ts";

/** How the grid is laid out. It is kept for each list of columns. */
export interface GridLayout {
  /** By column name, in CSS pixels. */
  readonly widths: Readonly<Record<string, number>>;
  /** Names in the order in which they are shown. Other columns follow in the file's order. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** Always in view, at the left, in this order. */
  readonly pinned: readonly string[];
}

/** Where the user was. It is kept for each file, by row number. */
export interface GridPosition {
  readonly number: RowNumber;
  /** Index in the file. */
  readonly column: number;
}

/** How rows are sorted and filtered. Columns are named by their index. */
export interface Arrangement {
  readonly sort: readonly SortKey[];
  readonly filter: Filter | null;
}

export interface AppliedArrangement extends Arrangement {
  /** The number of rows of the file. */
  readonly fileRows: number;
}

/** The arrangement of a tab's rows. */
export interface TabArrangement {
  /** Absent in the order of the file. */
  readonly applied?: AppliedArrangement;
  /** How files with these columns were arranged before. The page asks for it. */
  readonly toRestore?: Arrangement;
  /** Why rows can't be sorted and filtered; one whole sentence. Absent if they can. */
  readonly whyNot?: string;
  /** Whether values of columns can be listed. */
  readonly listsValues?: boolean;
}

/** The rows after they were arranged. */
export interface ArrangedRows {
  readonly progress: TableProgress;
  readonly isFileOrder: boolean;
  /** null for the order of the file. */
  readonly applied: AppliedArrangement | null;
  /** Where the row of the request is now; null if it isn't part of the view. */
  readonly position: RowPosition | null;
}

export interface ColumnValues {
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** The number of different values, including those that are not listed. */
  readonly total: number;
}

/** A range of a column's values. Both ends belong to it. */
export interface HistogramBar {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

export type CopyFormat = "text" | "tsv" | "csv" | "json" | "markdown";

/** Whole cells between two corners. */
export interface CopyRequest {
  readonly rows: { readonly from: RowPosition; readonly count: number };
  /** Indexes in the file, in the order in which the columns are shown. */
  readonly columns: readonly number[];
  readonly withHeader: boolean;
  /** `text`: the text of one cell. */
  readonly format: CopyFormat;
}

/** Cells to save in a file, whose format depends on the name that the user gives it. */
export type SaveRequest = Omit<CopyRequest, "format">;

export type CopyAnswer =
  | { readonly kind: "copied"; readonly rows: number; readonly cells: number }
  /** More than fits in a clipboard, so nothing was copied. */
  | { readonly kind: "tooLarge"; readonly limitBytes: number };

/** What buttons in the page do. The host does it. */
export type TableAction =
  | "reload"
  | "showAnyway"
  | "openAsText"
  | "openFormatted"
  | "unpack"
  | "reveal"
  | "resumeDownload"
  | "downloadAgain"
  | "showLog"
  | "saveAs"
  | "delete";

/** Something to know about the file while its rows stay in view. */
export type TableNotice =
  | { readonly kind: "changed" }
  /** The file can be downloaded again if it is an export. */
  | { readonly kind: "missing"; readonly isExport?: true }
  /** Nothing is left of the file's download. `reason` is one whole sentence if it failed, absent if it was discarded. */
  | { readonly kind: "discarded"; readonly reason?: string }
  /** Some files of a joined table are missing. `reason` is one whole sentence. */
  | { readonly kind: "incomplete"; readonly reason: string }
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
  readonly content: TableContent;
}

export type TableContent =
  | {
      readonly kind: "table";
      readonly shape: TableShape;
      readonly progress: TableProgress;
      /** A row's position in the view has the same value as its number. */
      readonly isFileOrder: boolean;
      readonly layout?: GridLayout;
      readonly position?: GridPosition;
      /** The size of the detail pane that the user chose, in percent. */
      readonly detailSize?: number;
      /** Whether headers show histograms. Absent if columns can't be profiled. */
      readonly showsHistograms?: boolean;
      readonly arrangement?: TabArrangement;
    }
  | { readonly kind: "problem"; readonly problem: TableProblem; readonly actions: readonly TableAction[] };

/** The page's requests to the host. */
export interface GridRequests {
  /** The first request. It is answered when the start of the file is read. */
  open: Request<object, TableView>;
  rows: Request<ViewRowsRequest, ViewRows>;
  /** null for a row that is not part of the view. Waits for the index to reach the row. */
  positionOf: Request<{ readonly row: RowNumber }, { readonly position: RowPosition | null }>;
  cell: Request<FileCell, CellText>;
  /** Every field of a row, including hidden columns. */
  record: Request<{ readonly row: RowNumber }, { readonly fields: readonly RecordField[] }>;
  find: Request<FindPattern, FindProgress>;
  findNext: Request<{ readonly from: ViewCell; readonly direction: "next" | "previous" }, ViewMatch | null>;
  endFind: Request<object, null>;
  copy: Request<CopyRequest, CopyAnswer>;
  /** Asks for a file and writes the cells into it; null when the user chose none. */
  saveSelection: Request<SaveRequest, { readonly path: string } | null>;
  /** Answered when all cells are added up, or found to be too many. */
  summarize: Request<ViewSummaryRequest, SummaryAnswer>;
  /** The answer is the view that results. */
  readAs: Request<ReadAs, TableView>;
  keepLayout: Request<GridLayout, null>;
  keepPosition: Request<GridPosition, null>;
  /** Whether headers show histograms. Kept for all files. */
  keepHistograms: Request<{ readonly shown: boolean }, null>;
  /** In percent; null for the default size. Kept for all files. */
  keepDetailSize: Request<{ readonly size: number | null }, null>;
  /**
   * Sorts and filters the rows, in place of how they are arranged now. Answered when the first rows are known. `row` is
   * where the user is.
   */
  arrange: Request<Arrangement & { readonly row: RowNumber | null }, ArrangedRows>;
  /** The values of rows that pass the filter, the most frequent first. */
  columnValues: Request<ColumnValuesQuestion, ColumnValues>;
  /** Ranges of numbers or dates; none for a column of text. */
  columnHistogram: Request<ColumnQuestion, { readonly bars: readonly HistogramBar[] }>;
  /** Answered when all columns are profiled. Each profile is sent as an event before, as soon as it is ready. */
  profile: Request<ProfileQuestion, null>;
  /** Puts the text editor's cursor on the row's record; refused where VS Code can't open the file as text. */
  revealInText: Request<{ readonly row: RowNumber }, null>;
  act: Request<{ readonly action: TableAction }, null>;
}

/** A question about the values of a column. */
export interface ColumnQuestion {
  readonly column: number;
  readonly filter: Filter | null;
}

export interface ProfileQuestion {
  /** Chosen by the page, to tell its events from those of an earlier question. */
  readonly work: number;
  readonly columns: readonly number[];
  readonly filter: Filter | null;
}

export interface ColumnValuesQuestion extends ColumnQuestion {
  /** Only values that contain this text. */
  readonly contains: string;
}

/** What the host sends without a request. */
export interface HostEvents {
  /** How much of the arranging is done, between 0 and 1; null if it isn't known. */
  arranging: { readonly share: number | null };
  /** The file has other rows than when it was arranged. */
  outdated: null;
  /** A command arranged the rows. */
  arranged: ArrangedRows;
  profiled: { readonly work: number; readonly column: number; readonly profile: ColumnProfile };
  /** How much of a profile is done, between 0 and 1. */
  profiling: { readonly work: number; readonly share: number };
  shape: TableShape;
  progress: TableProgress;
  find: FindProgress;
  /** null: the notice no longer applies. */
  notice: TableNotice | null;
  /** The file was read again. Everything starts over with this view. */
  view: TableView;
  /** A command from a key or the palette of VS Code. */
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
        | "saveSelection"
        | "showDetail"
        | "chooseColumns"
        | "revealInText"
        | "selectAll"
        | "toggleHistograms";
    }
  /** null: all columns that are shown. */
  | { readonly command: "profile"; readonly columns: readonly number[] | null }
  | { readonly command: "copy"; readonly format: CopyFormat };
