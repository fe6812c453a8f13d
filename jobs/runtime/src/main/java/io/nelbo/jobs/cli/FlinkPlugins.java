package io.nelbo.jobs.cli;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/** Makes Flink's file systems known to a process of our own, as a cluster does for its own. */
final class FlinkPlugins {
  private FlinkPlugins() {}

  /**
   * Loads the plug-ins of {@code FLINK_PLUGINS_DIR} with the settings of {@code FLINK_CONF_DIR};
   * without these variables nothing is done.
   *
   * @param environment variables of the process
   */
  static void load(Map<String, String> environment) {
    boolean hasSettings = environment.containsKey("FLINK_CONF_DIR");
    if (!hasSettings && !environment.containsKey("FLINK_PLUGINS_DIR")) {
      return;
    }
    Configuration settings =
        hasSettings ? GlobalConfiguration.loadConfiguration() : new Configuration();
    FileSystem.initialize(settings, PluginUtils.createPluginManagerFromRootFolder(settings));
  }
}
