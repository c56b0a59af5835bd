/// The key/value engines: secrets that people write and read back.
///
/// [KvV1] keeps one JSON object a path; [KvV2] keeps versions of it, which can be deleted, brought
/// back and destroyed. Both keep a secret under the same key of the mount and in the same form, so
/// that a mount of version 1 becomes one of version 2 by being opened as such:
///
/// | key | value |
/// |---|---|
/// | `config` | [Settings] of the mount |
/// | `secret/PATH` | a [Secret]: settings, versions, and the data of the current version |
/// | `version/N/PATH` | the data of an older version |
///
/// So a read of the current version is one get, a read of another is two, and a write is two gets
/// and one batch. What a version leaves behind when it is pruned or destroyed is its row in the
/// secret's list of versions at most.
@NullMarked
package coffer.secrets.kv;

import org.jspecify.annotations.NullMarked;
