/// The command line: speaks HTTP with a server and knows nothing of how a server is made.
///
/// One [Command] is data: name, flags, help and the [Action] behind it. [Catalogue] lists them all;
/// [Parser], [HelpPage], [Completion] and [Guide] are made from that list. A run goes through
/// [Program] → [Parser] → the command's action → [Client] → [Http], and comes back through
/// [Output].
///
/// Start-up is a feature here: no reflection, no regular expressions and no general-purpose
/// libraries on the way of a common command.
@NullMarked
package coffer.cli;

import org.jspecify.annotations.NullMarked;
